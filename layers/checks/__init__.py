"""The parts of the check of a figure: each looks at one matter and gives findings."""
