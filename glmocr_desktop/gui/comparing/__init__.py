"""Two answers side by side, in one text: what one has and the other has not."""
