"""From a Document to files a reader opens; each module makes one format and none of them decides what is said."""
