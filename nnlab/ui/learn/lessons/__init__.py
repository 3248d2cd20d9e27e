"""One module a lesson: its picture and controls, in `show(desk)`."""
