namespace OrderService.Load;

/// <param name="Problem">The first thing that went wrong; null if every answer was right.</param>
/// <param name="GeneratorProcessorMs">Processor time of the generator's process, while requests were timed.</param>
/// <param name="ServiceProcessorMs">The same of the service's process; 0 where it was not named.</param>
internal sealed record LoadResult(
    int Requests,
    int Wrong,
    string? Problem,
    double Seconds,
    double P50Ms,
    double P99Ms,
    double GeneratorProcessorMs,
    double ServiceProcessorMs,
    IReadOnlyList<RouteResult> Routes
)
{
    public double RequestsPerSecond => Requests / Seconds;
}

internal sealed record RouteResult(string Route, int Requests, double P50Ms, double P99Ms);
