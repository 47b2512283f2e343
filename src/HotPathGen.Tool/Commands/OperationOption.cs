using System.CommandLine;

namespace HotPathGen.Tool.Commands;

/// <summary>The option that restricts a report or an export to what ran in one operation.</summary>
internal static class OperationOption
{
    public static Option<string?> Create() =>
        new("--operation")
        {
            Description = "Only what ran in the operation of this name, such as \"GET /orders/{id}\", or with this in its name.",
            HelpName = "NAME",
        };
}
