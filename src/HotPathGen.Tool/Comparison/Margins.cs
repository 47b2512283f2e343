namespace HotPathGen.Tool.Comparison;

/// <summary>
/// How far estimates from a sample of calls may be from the figure of all calls: half the widths of their 95 % intervals, or the squares of these.
/// The samples of two runs, and those of two builds, are independent, so the squares add up.
/// </summary>
internal readonly record struct Margins(double Ns, double Bytes, double SelfNs, double SelfBytes)
{
    /// <summary>
    /// Returns the squared margins of the sums of each method. Those of self figures have what the methods below have, too: self is what a context
    /// takes less what the contexts below it take, which are estimates of their own. A method's contexts share its square by their calls.
    /// </summary>
    public static Margins[] Of(SnapshotDocument document)
    {
        var squares = new Margins[document.Methods.Length];
        if (!document.HasEstimatedTime)
        {
            return squares;
        }

        foreach (var (i, method) in document.Methods.Index())
        {
            double ns = Square((method.MeanMarginNs ?? 0) * method.Calls),
                bytes = Square(BytesOf(document, method) * method.Calls);
            squares[i] = new(ns, bytes, ns, bytes);
        }

        foreach (var context in document.Contexts)
        {
            if (
                context is { Method: { } below, Parent: { } parent }
                && document.Contexts[parent].Method is { } method
                && document.Methods[below].Calls is > 0 and var calls
            )
            {
                double share = Math.Min(1, (double)context.Calls / calls);
                squares[method] += new Margins(0, 0, Part(squares[below].Ns, share), Part(squares[below].Bytes, share));
            }
        }

        return squares;
    }

    /// <summary>The margins of the differences between two sets of figures.</summary>
    public static Margins OfDifference(Margins a, Margins b) =>
        new(Both(a.Ns, b.Ns), Both(a.Bytes, b.Bytes), Both(a.SelfNs, b.SelfNs), Both(a.SelfBytes, b.SelfBytes));

    public static double Both(double a, double b) => Math.Sqrt(Square(a) + Square(b));

    public static Margins operator +(Margins a, Margins b) => new(a.Ns + b.Ns, a.Bytes + b.Bytes, a.SelfNs + b.SelfNs, a.SelfBytes + b.SelfBytes);

    private static double BytesOf(SnapshotDocument document, Method method) =>
        method is { SampledCalls: > 0, Calls: > 0 } && document.HasEstimatedBytes ? method.MeanMarginBytes ?? double.PositiveInfinity : 0;

    private static double Part(double square, double share) => share == 0 ? 0 : square * share;

    private static double Square(double value) => value * value;
}
