namespace DocSearch;

internal sealed record CommandLine(string? Folder, bool WantsHelp)
{
    public const string Help = """
        DocSearch: full-text search over XML API documentation

        usage: DocSearch [<folder>]

          <folder>      where to look for *.xml documentation files, subfolders included
                        (default: the targeting packs of the running .NET SDK)
          -h, --help    show this text

        exit codes: 0 done, 1 the result failed its own check, 2 wrong arguments or no input
        """;

    public static CommandLine Parse(string[] args)
    {
        string? folder = null;
        bool optionsEnded = false;

        foreach (var arg in args)
        {
            if (!optionsEnded && arg is "-h" or "--help")
            {
                return new CommandLine(Folder: null, WantsHelp: true);
            }

            if (!optionsEnded && arg == "--")
            {
                optionsEnded = true;
            }
            else if (!optionsEnded && arg.StartsWith('-'))
            {
                throw new InputException($"unknown option '{arg}'; --help shows what there is");
            }
            else if (folder is not null)
            {
                throw new InputException($"one folder at a time: '{folder}' and then '{arg}' were given");
            }
            else
            {
                folder = arg;
            }
        }

        return new CommandLine(folder, WantsHelp: false);
    }
}
