//// /src/Sample.cs
[Instrument]
public abstract class Half
{
    private int _x = 1;
    public int X { get => _x; set => _x = value; }
    [Instrument] public abstract int Later();
    public int Now() => 1;
}

