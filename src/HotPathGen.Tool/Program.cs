namespace HotPathGen.Tool;

internal static class Program
{
    public static int Main(string[] arguments) => CommandLine.Invoke(arguments, Console.Out, Console.Error);
}
