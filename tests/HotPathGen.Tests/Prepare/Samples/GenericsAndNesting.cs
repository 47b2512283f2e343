using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace Deep . Er
{
    internal record Outer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.None)] T>(T Item) where T : notnull
    {
        public virtual string Describe() { return $"outer {Item}"; }

        protected virtual bool PrintMembers(System.Text.StringBuilder text) { text.Append(Item.ToString()); return true; }

        internal readonly record struct Middle<U>(U Value) where U : struct
        {
            public static implicit operator U(Middle<U> middle) { return middle.Value; }

            internal sealed class Inner<V> where V : class, IComparable<V>, new()
            {
                internal interface IDeepest
                {
                    int Depth() { return 4 + Own(); }

                    private static int Own() { return 0; }

                    internal ref struct Buffer
                    {
                        private Span<int> _span;

                        public Buffer(Span<int> span) { _span = span; }

                        public readonly Span<int> Slice(int from) { return _span[from..]; }

                        public ref int At(int index) { return ref _span[index]; }

                        [UnscopedRef] public ref Span<int> Whole() { return ref _span; }

                        public static R Transform<R>(scoped Buffer buffer, Func<int, R> map) where R : allows ref struct { return map(buffer._span.Length); }
                    }
                }

                public W Choose<W, X>(W first, X second, Func<W, X, W> choose)
                    where W : class?
                    where X : unmanaged, IEquatable<X>
                {
                    return choose(first, second);
                }

                public string Names() { return string.Join(",", typeof(T).Name, typeof(U).Name, typeof(V).Name); }
            }
        }
    }

    internal record Special(string Item) : Outer<string>(Item)
    {
        public sealed override string Describe() { return base.Describe() + "!"; }

        public override string ToString() { return "special " + base.Describe(); }

        public virtual bool Equals(Special? other) { return other is not null && other.Item.Length == Item.Length; }

        public override int GetHashCode() { return Item.Length; }

        public void Deconstruct(out string item, out int length) { item = Item; length = item.Length; }
    }

    internal abstract class Shape
    {
        public abstract double Area();

        public virtual T Map<T>(T value) where T : notnull { return value; }

        public virtual List<T>? Maybe<T>(T? value) { return value is null ? null : [value]; }

        protected internal virtual int Protected() { return 1; }

        private protected virtual int Both() { return 2; }

        public int Sum() { return Protected() + Both(); }
    }

    internal sealed class Square(double side) : Shape
    {
        public override double Area() { return side * side; }

        public override T Map<T>(T value) { return base.Map(value); }

        public override List<T>? Maybe<T>(T? value) where T : default { return base.Maybe(value); }

        protected internal override int Protected() { return base.Protected() + 10; }

        private protected override int Both() => base.Both() + 20;

        public new string ToString() { return "square " + Area(); }
    }

    internal class Parent
    {
        public virtual string Name() { return "parent"; }

        internal sealed class Child : Parent
        {
            public override string Name() { return "child of " + base.Name(); }

            public static string Hidden() { return new Child().Name(); }
        }
    }
}

internal static class Sample
{
    public static string Run()
    {
        var inner = new Deep.Er.Outer<string>.Middle<int>.Inner<Comparable>();
        var buffer = new Deep.Er.Outer<string>.Middle<int>.Inner<Comparable>.IDeepest.Buffer(new int[4]);
        buffer.At(1) = 6;
        Deep.Er.Outer<string>.Middle<int>.Inner<Comparable>.IDeepest deepest = new Deepest();
        var square = new Deep.Er.Square(3);
        (string item, int length) = new Deep.Er.Special("abc");
        int middle = new Deep.Er.Outer<string>.Middle<int>(5);
        return $"{inner.Choose("a", 1, (a, b) => a + b)} {inner.Names()} {buffer.Slice(1)[0]} {buffer.Whole().Length} {deepest.Depth()} {square.Area()} {square.Map(2)} {square.Maybe("x")![0]} {square.Sum()} {square.ToString()} "
            + $"{new Deep.Er.Special("abc")} {new Deep.Er.Special("abc").Describe()} {new Deep.Er.Special("abc") == new Deep.Er.Special("xyz")} {item} {length} {new Deep.Er.Outer<string>("q")} {middle} "
            + $"{Deep.Er.Parent.Child.Hidden()} {Deep.Er.Outer<string>.Middle<int>.Inner<Comparable>.IDeepest.Buffer.Transform(buffer, n => n)}";
    }

    internal sealed class Comparable : IComparable<Comparable> { public int CompareTo(Comparable? other) { return 0; } }

    internal sealed class Deepest : Deep.Er.Outer<string>.Middle<int>.Inner<Comparable>.IDeepest;
}
