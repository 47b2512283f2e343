namespace Allocations.Methods;

[Instrument]
internal static class Boxes
{
    private static readonly EqualityComparer<int> s_comparer = EqualityComparer<int>.Default;

    public static int Escaping(int i)
    {
        Sink.Kept = i;
        return i;
    }

    public static int KeptHere(int i)
    {
        object box = i;
        return (int)box + 1;
    }

    public static int Tested(int i)
    {
        object box = i;
        return box is int number ? number : 0;
    }

    public static int PassedOn(int i) => Sink.Take(i);

    public static int PassedToInlined(int i) => Describe(i);

    public static int AsInterface(int i) => Compare(i);

    public static int Constrained(int i) => CompareGeneric(i);

    public static int InterfaceAtOnce(int i) => ((IComparable<int>)i).CompareTo(3);

    public static int Flag(int i) => ((AttributeTargets)i).HasFlag(AttributeTargets.Class) ? 1 : 0;

    public static int EnumHash(int i) => ((Colour)(i % 3)).GetHashCode();

    public static int EnumText(int i) => ((Colour)(i % 3)).ToString().Length;

    public static int EnumEquals(int i) => ((Colour)(i % 3)).Equals(Colour.Red) ? 1 : 0;

    public static int EnumCompared(int i) => (Colour)(i % 3) == Colour.Green ? 1 : 0;

    public static int StructEqualsOfItsOwn(int i) => new Pair(i, 1).Equals(new Pair(1, 1)) ? 1 : 0;

    public static int StructEqualsInherited(int i) => new Bare(i).Equals(new Bare(3)) ? 1 : 0;

    public static int StructHash(int i) => new Pair(i, 1).GetHashCode();

    public static int StructHashInherited(int i) => new Bare(i).GetHashCode();

    public static int StructText(int i) => new Pair(i, 1).ToString().Length;

    public static int TypeOfStruct(int i) => i.GetType() == typeof(int) ? 1 : 0;

    public static int Nullable(int i)
    {
        int? number = i % 2 == 0 ? i : null;
        Sink.Kept = number;
        return i;
    }

    public static int NullableUnboxed(int i)
    {
        int? number = i % 2 == 0 ? i : null;
        return number.GetValueOrDefault();
    }

    public static int DefaultComparer(int i) => s_comparer.Equals(i, 5) ? 1 : 0;

    public static int GenericTest(int i) => Name(i)!.Length;

    public static int ObjectEquals(int i) => Equals(i, 3) ? 1 : 0;

    public static int Cast(int i)
    {
        object o = Sink.Numbers;
        return ((int[])o)[i & 3];
    }

    public static int Conditional(int i)
    {
        object o = i > 5 ? i : "small";
        return Sink.Take(o);
    }

    public static int DictionaryOfObjects(int i)
    {
        var map = new Dictionary<string, object>(1) { ["a"] = i };
        return map.Count;
    }

    public static int TupleOfObject(int i)
    {
        (object, int) pair = (i, 1);
        Sink.Kept = pair.Item1;
        return pair.Item2;
    }

    public static int InString(int i) => string.Format(CultureInfo.InvariantCulture, "{0}", i).Length;

    private static int Describe(object value) => value is int number ? number : 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Compare(IComparable<int> number) => number.CompareTo(7);

    private static int CompareGeneric<T>(T number)
        where T : IComparable<int> => number.CompareTo(7);

    private static string? Name<T>(T value) => value is IFormattable ? "formattable" : null;
}
