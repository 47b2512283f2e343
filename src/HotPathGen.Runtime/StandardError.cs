namespace HotPathGen.Runtime;

/// <summary>The one place where the runtime speaks. Never standard output.</summary>
internal static class StandardError
{
    public static void Say(string line) => Write($"HotPathGen: {line}\n");

    public static void Write(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (IOException)
        {
            // Nobody listens; the program must not notice.
        }
    }
}
