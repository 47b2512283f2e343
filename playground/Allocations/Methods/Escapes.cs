using System.Collections.Immutable;

namespace Allocations.Methods;

/// <summary>Objects that a method needs only during its call, and objects that are kept: which of them the JIT leaves off the heap.</summary>
[Instrument]
internal static class Escapes
{
    private static readonly IEnumerable<int> s_array = new[] { 1, 2, 3 };
    private static readonly IEnumerable<int> s_sorted = new SortedSet<int> { 1, 2, 3 };
    private static readonly IEnumerable<int> s_expression = [1, 2, 3];
    private static readonly IEnumerable<int> s_immutable = ImmutableArray.Create(1, 2, 3);

    public static int ParamsCounted(int i) => CountOf(i, 2, 3);

    public static int ParamsFirst(int i) => FirstOf(i, 2);

    public static int ParamsSeparate(int i) => Separate(i, 2, 3);

    public static int ParamsKept(int i) => Keep(i, 2, 3);

    public static int ParamsObjectsCounted(int i) => CountObjects("a", "b") + i;

    public static int ParamsObjectsBoxed(int i) => CountObjects(i, 2);

    public static int ParamsInLoop(int i)
    {
        int n = 0;
        for (int k = 0; k < 3; k++)
        {
            n += CountOf(i, k);
        }
        return n;
    }

    public static int ParamsForced(int i) => Forced(i, 2, 3);

    public static int BoxedLocal(int i)
    {
        IShape shape = new Cube(i);
        return shape.Side;
    }

    public static int BoxedAndCompared(int i)
    {
        IComparable<int> number = i;
        return number.CompareTo(3);
    }

    public static int BoxedArgument(int i) => SideOf(new Cube(i));

    public static int BoxedArgumentSeparate(int i) => SideOfSeparate(new Cube(i));

    public static int BoxedNumber(int i) => CompareInlined(i);

    public static int BoxedEquatable(int i)
    {
        object box = i;
        return box.Equals(3) ? 1 : 0;
    }

    public static int BoxedHash(int i)
    {
        object box = i;
        return box.GetHashCode();
    }

    public static int BoxedText(int i)
    {
        object box = new Cube(i);
        return box.ToString()!.Length;
    }

    public static int BoxedFormattable(int i)
    {
        IFormattable number = i;
        return number.ToString("x", null).Length;
    }

    public static int BoxedChoice(int i)
    {
        IShape shape = i % 2 == 0 ? new Cube(i) : new Ball(i);
        return shape.Side;
    }

    public static int BoxedInLoop(int i)
    {
        int n = 0;
        for (int k = 0; k < 3; k++)
        {
            IShape shape = new Cube(k);
            n += shape.Side;
        }
        return n + i;
    }

    public static int BoxedLargeMember(int i)
    {
        IShape shape = new Cube(i);
        return shape.Area(3);
    }

    public static int BoxedSelfKeeping(int i)
    {
        IShape shape = new Cube(i);
        return shape.Kept() + i;
    }

    public static int ObjectByInterface(int i)
    {
        IShape shape = new Sphere(i);
        return shape.Side;
    }

    public static int ObjectByInterfacePassed(int i) => SideOf(new Sphere(i));

    public static int ObjectByBase(int i)
    {
        Solid solid = new Sphere(i);
        return solid.Volume();
    }

    public static int ForeachArrayField(int i)
    {
        foreach (int number in s_array)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachSortedField(int i)
    {
        foreach (int number in s_sorted)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachExpressionField(int i)
    {
        foreach (int number in s_expression)
        {
            i += number;
        }
        return i;
    }

    public static int ForeachImmutableField(int i)
    {
        foreach (int number in s_immutable)
        {
            i += number;
        }
        return i;
    }

    private static int CountOf(params int[] values) => values.Length;

    private static int FirstOf(params int[] values) => values[0];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Separate(params int[] values) => values.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Forced(params int[] values)
    {
        int sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
        }
        return sum;
    }

    private static int Keep(params int[] values)
    {
        Sink.Kept = values;
        return values.Length;
    }

    private static int CountObjects(params object[] values) => values.Length;

    private static int SideOf(IShape shape) => shape.Side;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SideOfSeparate(IShape shape) => shape.Side;

    private static int CompareInlined(IComparable<int> number) => number.CompareTo(7);

    private interface IShape
    {
        int Side { get; }

        int Area(int times);

        int Kept();
    }

    private abstract class Solid
    {
        public abstract int Volume();
    }

    private readonly struct Cube(int side) : IShape
    {
        public int Side => side;

        public int Area(int times)
        {
            int sum = 0;
            for (int i = 0; i < times; i++)
            {
                sum += side * side;
            }
            return sum;
        }

        public int Kept()
        {
            Sink.Kept = this;
            return 1;
        }
    }

    private readonly struct Ball(int radius) : IShape
    {
        public int Side => radius * 2;

        public int Area(int times) => times * radius;

        public int Kept() => 1;
    }

    private sealed class Sphere(int radius) : Solid, IShape
    {
        public int Side => radius * 2;

        public int Area(int times) => times * radius;

        public int Kept()
        {
            Sink.Kept = this;
            return 1;
        }

        public override int Volume() => radius * radius * radius;
    }
}
