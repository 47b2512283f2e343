using System;
using System.Collections.Generic;
using HotPathGen;

internal sealed class Properties
{
    private readonly Dictionary<string, int> _map = new() { ["a"] = 1 };

    public int Auto { get; set; } = 4;

    [Instrument] public int Trivial { get { return Auto; } set { Auto = value; } }

    [Instrument] public int Arrow => Auto;

    public int Field { get => field; set { if (value < 0) return; field = value + _map.Count; } }

    public string Lazy { get { if (field is not null) return field; field = string.Concat("la", "zy"); return field; } }

    public int this[string key] { get { return _map.TryGetValue(key, out int found) ? found : -1; } set { _map[key] = value; } }

    public int this[int a, int b = 2] { get => Math.Max(a, b); }

    public required string Required { get; init => field = value.Trim(); }

    public static int Static { get { return s_static += int.Parse("1"); } private set { s_static = value + int.Parse("0"); } }

    private static int s_static;

    public event EventHandler Event { add { lock (_map) { _map["event"] = 1; } } remove { lock (_map) { _map.Remove("event"); } } }

    public int Initialized { get; } = Compute();

    private static int Compute() { return 12; }

    public ref int Reference { get { return ref s_static; } }

    public ref readonly int ReadOnly { get => ref s_static; }

    [DoNotInstrument] public int Left { get { return int.Parse("9"); } }

    [Instrument]
    public int
        OverLines
    {
        get
        {
            return Auto
                + 1;
        }
    }
}

internal static class Sample
{
    public static string Run()
    {
        var p = new Properties { Required = " r " };
        p.Trivial = 6;
        p.Field = -1;
        p.Field = 3;
        p["b"] = 2;
        p.Event += (_, _) => { };
        p.Reference += 5;
        return $"{p.Auto} {p.Trivial} {p.Arrow} {p.Field} {p.Lazy} {p.Lazy} {p["a"]} {p["x"]} {p[1]} {p["event"]} {p.Required} {Properties.Static} {p.Initialized} {p.ReadOnly} {p.Left} {p.OverLines}";
    }
}
