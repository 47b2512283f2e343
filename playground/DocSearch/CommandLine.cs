namespace DocSearch;

internal sealed record CommandLine(string? Folder, bool WantsHelp, bool Compares)
{
    public const string Help = """
        DocSearch: full-text search over XML API documentation

        usage: DocSearch [--compare] [<folder>]

          <folder>      where to look for *.xml documentation files, subfolders included
                        (default: the targeting packs of the running .NET SDK)
          --compare     index only, in turns as first written and without garbage: time and bytes
          -h, --help    show this text

        exit codes: 0 done, 1 the result failed its own check, 2 wrong arguments or no input
        """;

    public static CommandLine Parse(string[] args)
    {
        string? folder = null;
        bool compares = false;
        bool optionsEnded = false;

        foreach (string arg in args)
        {
            if (!optionsEnded && arg is "-h" or "--help")
            {
                return new CommandLine(Folder: null, WantsHelp: true, Compares: false);
            }

            if (!optionsEnded && arg == "--compare")
            {
                compares = true;
            }
            else if (!optionsEnded && arg == "--")
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

        return new CommandLine(folder, WantsHelp: false, compares);
    }
}
