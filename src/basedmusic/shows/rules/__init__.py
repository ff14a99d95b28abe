"""Pure decisions: values in, a decision or an error out."""
