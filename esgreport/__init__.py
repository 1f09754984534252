"""esgreport: from the Excel workbooks a supplier has to a sustainability report traced cell by cell."""

__version__ = "0.1.0"
