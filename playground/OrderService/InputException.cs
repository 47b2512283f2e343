namespace OrderService;

/// <summary>The user's input cannot be used. The message says why, and the user sees nothing else.</summary>
internal sealed class InputException(string message) : Exception(message);
