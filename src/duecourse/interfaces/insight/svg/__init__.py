"""Charts as SVG with classes, no styles and no script. The viewBox is in real pixels, so that text keeps its size."""
