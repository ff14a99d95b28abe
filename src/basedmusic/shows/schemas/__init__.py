"""Wire shapes. They never leave the edge."""
