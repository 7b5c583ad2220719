"""The figures of the report: one module a family, every figure a pure function."""
