namespace HotPathGen.Shared;

internal static class ShortName
{
    /// <summary>Shortens a name: first removes the namespaces, then the middle. Both ends stay, because they help to tell methods apart.</summary>
    public static string Of(string name, int width)
    {
        if (name.Length <= width)
        {
            return name;
        }

        int parameters = name.IndexOfAny(['(', '<', ' ']);
        string path = parameters < 0 ? name : name[..parameters];
        int method = path.LastIndexOf('.');
        if (method > 0 && path.AsSpan(method).StartsWith(".lambda:", StringComparison.Ordinal))
        {
            method = path.LastIndexOf('.', method - 1);
        }

        if (method > 0 && path.LastIndexOf('.', method - 1) is var type and > 0)
        {
            name = name[(type + 1)..];
        }

        return name.Length <= width ? name : $"{VisibleText.Start(name, (width - 2) / 2)}..{VisibleText.End(name, width - 2 - (width - 2) / 2)}";
    }
}
