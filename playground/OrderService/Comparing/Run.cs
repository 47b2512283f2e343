namespace OrderService.Comparing;

/// <summary>The figures of one run.</summary>
/// <param name="ServiceUs">Processor time of the service for a request.</param>
/// <param name="ServiceShare">Of the processors that the service has, which share it used; the next is the generator's.</param>
internal sealed record Run(double RequestsPerSecond, double P99Ms, double ServiceUs, double ServiceShare, double GeneratorShare);
