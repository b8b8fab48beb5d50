"""One comparison: the nights of a trial, its exact test or its model, and the verdict."""
