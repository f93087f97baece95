"""Signs: read from photos by machine as a suggestion, and judged by the rules of the notices. It never decides."""
