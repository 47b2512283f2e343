namespace OrderService.Comparing;

/// <summary>What every run of a comparison is driven with.</summary>
internal sealed record ComparisonLoad(int Requests, int WarmUp, int Concurrency);
