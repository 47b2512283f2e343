//// /src/Sample.cs
public struct Cells
{
    private readonly int[] _cells;
    public Cells(int[] cells) => _cells = cells;
    [Instrument] public ref int At(ref readonly int index) => ref _cells[index];
    [Instrument] public readonly ref readonly int Peek(in int index, out bool found) { found = true; return ref _cells[index]; }
    [Instrument] public readonly int Sum(scoped Span<int> more, params ReadOnlySpan<int> all) => all.Length + more.Length;
}

