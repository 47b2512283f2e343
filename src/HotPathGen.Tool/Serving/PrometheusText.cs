using System.Globalization;
using System.Text;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// Prometheus' text format, version 0.0.4. The client libraries for .NET keep values that a program reports one by one. None takes a histogram's
/// counts and sum as they are: prometheus-net's <c>Histogram.Observe(value, count)</c> computes the sum itself. So the format is written here.
/// </summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(1 << 16);

    public void Family(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, string labels, double value) =>
        _text
            .Append(name)
            .Append(labels.Length > 0 ? "{" : "")
            .Append(labels)
            .Append(labels.Length > 0 ? "} " : " ")
            .Append(Number(value))
            .Append('\n');

    /// <param name="name">The name of the family.</param>
    /// <param name="labels">The labels of the series.</param>
    /// <param name="bounds">The upper bounds of the buckets but the last.</param>
    /// <param name="counts">The counts of the buckets, each alone.</param>
    /// <param name="sum">The sum of all values, in the unit of the family.</param>
    /// <param name="unit">What one is in the unit of the family.</param>
    public void HistogramOf(string name, string labels, ReadOnlySpan<long> bounds, ReadOnlySpan<long> counts, long sum, double unit)
    {
        long below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            Sample(name + "_bucket", $"{labels},le=\"{(i < bounds.Length ? Number(bounds[i] / unit) : "+Inf")}\"", below);
        }

        Sample(name + "_sum", labels, sum / unit);
        Sample(name + "_count", labels, below);
    }

    /// <summary>Labels as text. A value may be any text.</summary>
    public static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "")
                .Append(name)
                .Append("=\"")
                .Append(
                    value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(@"\n")
                )
                .Append('"');
        }

        return text.ToString();
    }

    public override string ToString() => _text.ToString();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
}
