namespace DocSearch;

/// <summary>What the user gave cannot be worked on; the message says why and is all they get to see.</summary>
internal sealed class InputException(string message) : Exception(message);
