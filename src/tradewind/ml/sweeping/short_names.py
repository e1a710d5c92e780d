"""`ml.int`: the word that a space is written with, in a module of its own, where it hides no built-in."""

from tradewind.ml.sweeping.spaces import integer

globals()["int"] = integer
