//// /src/Sample.cs
public class Types
{
    [Instrument] public dynamic? Call(dynamic target, List<dynamic?> more, ref dynamic box) => target;
    [Instrument] public (int First, (string? Second, nint) Others)[]? Pack((long A, string B)? pair, int?[] numbers) => null;
}

