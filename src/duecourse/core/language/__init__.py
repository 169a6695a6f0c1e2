"""What words do: `plain.check` looks at texts before they leave. Pure and offline."""
