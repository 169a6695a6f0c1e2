"""What words do: `plain.check` looks at texts before they leave, `listen.classify` at texts that arrive. Pure and offline."""
