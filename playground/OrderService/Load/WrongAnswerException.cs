namespace OrderService.Load;

/// <summary>The service answered something else than it should.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
