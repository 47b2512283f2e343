namespace HotPathGen.Tool.Exports;

/// <summary>A row of the table: a method, a site or a context of a snapshot.</summary>
internal sealed record ParquetRow(string File, MeasuredProcess Process, ParquetRowKind Kind, Method? Method)
{
    public Site? Site { get; init; }
    public ContextNode? Context { get; init; }

    /// <summary>The methods from the outermost one to the context.</summary>
    public string? Stack { get; init; }

    /// <summary>The name of the operation in which a context ran; null for none, and for methods and sites, which run in several.</summary>
    public string? Operation { get; init; }

    public long? Calls => Kind == ParquetRowKind.Method ? Method!.Calls : Context?.Calls;

    public long? SelfNs => Kind == ParquetRowKind.Method ? Method!.Time.SelfNs : Context?.SelfNs;

    public long? InclusiveNs => Kind == ParquetRowKind.Method ? Method!.Time.InclusiveNs : Context?.InclusiveNs;

    public long? SelfBytes => Kind == ParquetRowKind.Method ? Method!.Allocated.SelfBytes : Context?.SelfBytes;

    public long? InclusiveBytes => Kind == ParquetRowKind.Method ? Method!.Allocated.InclusiveBytes : Context?.InclusiveBytes;

    /// <summary>The method, if the row is one.</summary>
    public Method? OfMethod => Kind == ParquetRowKind.Method ? Method : null;

    /// <summary>Returns the rows of a snapshot. Methods that were never called, and sites that were never reached, have none.</summary>
    public static IEnumerable<ParquetRow> Of(string file, SnapshotDocument snapshot)
    {
        var process = snapshot.Process;
        foreach (var method in snapshot.Methods.Where(static method => method.Calls > 0))
        {
            yield return new(file, process, ParquetRowKind.Method, method);
            foreach (var site in (method.Sites ?? []).Where(static site => site.Hits > 0))
            {
                yield return new(file, process, ParquetRowKind.Site, method) { Site = site };
            }
        }

        int?[] operations = snapshot.OperationsOfContexts;
        string?[] stacks = new string?[snapshot.Contexts.Length];
        foreach (var context in snapshot.Contexts)
        {
            string name = StackNames.Of(snapshot, context);
            stacks[context.Id] = context.Parent is { } parent ? $"{stacks[parent]};{name}" : name;
            yield return new(file, process, ParquetRowKind.Context, context.Method is { } method ? snapshot.Methods[method] : null)
            {
                Context = context,
                Stack = stacks[context.Id],
                Operation = operations[context.Id] is { } operation ? snapshot.Operations![operation].Name : null,
            };
        }
    }
}

internal enum ParquetRowKind
{
    Method,
    Site,
    Context,
}
