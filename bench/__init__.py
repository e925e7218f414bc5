"""How fast a load is: the same five million invented claim lines through three ways of loading."""
