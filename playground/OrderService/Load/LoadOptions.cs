namespace OrderService.Load;

/// <param name="WarmUp">How many requests come first and are in no figure.</param>
/// <param name="Limit">After this time no request is sent any more.</param>
/// <param name="ServiceId">The process whose processor time is read, too; 0 for none.</param>
internal sealed record LoadOptions(Uri Url, int Requests, int WarmUp, int Concurrency, TimeSpan Limit, int ServiceId);
