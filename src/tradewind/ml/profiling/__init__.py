"""What a frame holds, column by column: read from pandas, polars and Arrow alike, sampled over a size."""
