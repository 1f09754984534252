"""What the other tests make reports and letters with is at hand here too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))
