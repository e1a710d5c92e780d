"""The model registry: MLflow's, with what made each version, and aliases that say which one counts."""
