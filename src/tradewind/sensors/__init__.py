"""Sensors that ship in the box, built on the authoring API alone."""
