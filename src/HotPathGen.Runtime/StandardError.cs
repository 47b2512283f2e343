using System.Text;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>
/// The one place where the runtime speaks. Never standard output, and never <see cref="Console.Error"/>: the program may have put a writer
/// of its own there, which may be closed, refuse what it gets or hold its lock for ever.
/// </summary>
internal static class StandardError
{
    /// <summary>What a terminal expects. Asking may fail where a program has taken the console apart.</summary>
    public static Encoding Encoding
    {
        get
        {
            try
            {
                return Console.OutputEncoding;
            }
            catch (Exception)
            {
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            }
        }
    }

    public static void Say(string line) => Write($"HotPathGen: {VisibleText.Of(line)}\n");

    public static void Write(string text)
    {
        try
        {
            using var stream = Console.OpenStandardError();
            stream.Write(Encoding.GetBytes(text));
        }
        catch (Exception)
        {
            // Nobody listens; the program must not notice. Which exception it is depends on what took the descriptor's place.
        }
    }
}
