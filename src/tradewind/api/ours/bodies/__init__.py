"""What our own API answers, as Structs; the user interface's types are made from them. One file per view."""
