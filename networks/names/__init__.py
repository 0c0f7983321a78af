"""No child of a class is named in what others of the class read: how a name is known, and how people are asked."""
