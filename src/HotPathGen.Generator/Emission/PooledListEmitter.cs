namespace HotPathGen.Generator.Emission;

/// <summary>Prints the list that a core may take, as the runtime has it: for the user's own assembly.</summary>
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
