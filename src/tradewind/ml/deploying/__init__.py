"""`ml.deploy`: a version of a model brought to where it is used, tried there, and taken back where it fails."""
