using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace HotPathGen.Runtime;

/// <summary>A hot method as generated code registers it. Immutable; safe to share between threads.</summary>
/// <param name="id">Its documentation-comment id, for example <c>M:Shop.Cart.Total(System.Int32)</c>.</param>
/// <param name="name">Its name for display, with its namespace.</param>
/// <param name="file">The path of its source file, as the compiler has it.</param>
/// <param name="line">The line of its declaration, from 1.</param>
/// <param name="form">How it is measured: the text that <c>Words</c> has for its form.</param>
/// <param name="sites">The sites of its instrumented body, in UTF-8, one per line, as <c>SiteLine</c> prints them; empty if it has none.</param>
/// <param name="unsupportedReason">The reason why it has no sites although something in it can allocate; empty otherwise.</param>
/// <param name="pooled">Its pooled parameters, one per line, as <c>PooledLine</c> prints them; empty if it has none.</param>
/// <param name="maxBytesPerCall">The budget: the bytes that a call may allocate on average; negative if there is no budget.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HotMethod(
    string id,
    string name,
    string file,
    int line,
    string form,
    ReadOnlySpan<byte> sites = default,
    string unsupportedReason = "",
    string pooled = "",
    int maxBytesPerCall = -1
)
{
    internal string Id { get; } = id;
    internal string Name { get; } = name;
    internal string File { get; } = file;
    internal int Line { get; } = line;
    internal string Form { get; } = form;
    internal string Sites { get; } = Encoding.UTF8.GetString(sites);
    internal string UnsupportedReason { get; } = unsupportedReason;
    internal string Pooled { get; } = pooled;
    internal int MaxBytesPerCall { get; } = maxBytesPerCall;

    /// <summary>
    /// Registers the hot methods of one assembly, and starts recording if this is the first registration of the process. Generated code calls it
    /// from a module initializer. If the same methods are registered again (an assembly loaded twice), the result is the same index. Safe to call
    /// from any thread.
    /// </summary>
    /// <param name="assembly">The assembly's simple name.</param>
    /// <param name="directory">The directory of the project, for shortening file names.</param>
    /// <param name="methods">Its hot methods. The n-th method gets the returned index plus n.</param>
    /// <param name="plain">Its hot methods that are not measured.</param>
    /// <returns>The index of the first method; 0 when recording is off.</returns>
    public static int Register(string assembly, string directory, HotMethod[] methods, PlainMethod[] plain)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(plain);
        return Frame.IsEnabled ? SharedRecording.Register(new MethodRegistration(assembly, directory, methods, plain)) : 0;
    }

    internal string Print() =>
        string.Join(MethodRegistration.Separator, Id, Name, File, Number(Line), Form, Sites, UnsupportedReason, Pooled, Number(MaxBytesPerCall));

    internal static HotMethod Parse(string[] parts) =>
        new(parts[0], parts[1], parts[2], Number(parts[3]), parts[4], Encoding.UTF8.GetBytes(parts[5]), parts[6], parts[7], Number(parts[8]));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
