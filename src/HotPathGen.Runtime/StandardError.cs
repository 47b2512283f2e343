using System.Text;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>
/// The only place where the runtime writes messages. It never uses standard output, and never <see cref="Console.Error"/>: the program may have
/// set its own writer there, which may be closed, refuse text or hold its lock for ever.
/// </summary>
internal static class StandardError
{
    /// <summary>The encoding that a terminal expects. Reading it may fail if a program has closed the console.</summary>
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
            // Nobody reads the message, and the program must not notice. The type of the exception depends on what replaced the descriptor.
        }
    }
}
