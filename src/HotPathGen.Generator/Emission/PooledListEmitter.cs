namespace HotPathGen.Generator.Emission;

/// <summary>Prints the list type that a core may take, into the user's own assembly. It is the same type that the runtime has.</summary>
internal static class PooledListEmitter
{
    private static readonly Lazy<string> s_text = new(Read);

    public static string Text => s_text.Value;

    private static string Read()
    {
        using var source = typeof(PooledListEmitter).Assembly.GetManifestResourceStream("PooledList.cs")!;
        using var reader = new StreamReader(source);
        return GeneratedText.Header
            + "#nullable enable\n\n"
            + reader.ReadToEnd().Replace("\r", "").Replace("public ref partial struct", GeneratedText.NotCovered + "\ninternal ref partial struct");
    }
}
