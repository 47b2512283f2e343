namespace OrderService.Load;

/// <param name="Number">The number of the request in its sequence.</param>
/// <param name="About">The order that the request names, if it names one.</param>
internal readonly record struct Question(RequestKind Kind, int Number, KnownOrder? About);
