namespace DocSearch;

internal readonly record struct Hit(int Document, double Score);
