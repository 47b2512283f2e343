//// /src/Sample.cs
public class Place : IDisposable
{
    [Instrument] public Place(int x) { if (x > 0) return; }
    [Instrument] public int Number => 1;
    [Instrument] void IDisposable.Dispose() { }
    [Instrument] public static Place operator +(Place a, Place b) => a;
}

