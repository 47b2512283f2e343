using HotPathGen.Generator.Models;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Models are values. The pipeline compares them to find that nothing has changed, and they keep no compilation in memory.
/// </summary>
public sealed class ModelTests
{
    private static readonly Type[] s_simple = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double)];

    public static IEnumerable<Type> Models =>
        typeof(HotPathGenerator)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(MethodModel).Namespace && !type.IsNested && !type.IsEnum && type != typeof(EquatableArray<>));

    [Test]
    public void There_are_models() => Assert.That(Models, Has.Member(typeof(MethodModel)).And.Member(typeof(PairModel)));

    [TestCaseSource(nameof(Models))]
    public void A_model_is_a_sealed_record_of_plain_values(Type model)
    {
        Assert.That(model.IsSealed);
        Assert.That(model.GetMethod("<Clone>$"), Is.Not.Null, "a model is a record");
        foreach (
            var field in model.GetFields(
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic
            )
        )
        {
            Assert.That(IsPlain(field.FieldType), $"{model.Name} holds {field.FieldType} in {field.Name}");
            Assert.That(field.IsInitOnly, $"{field.Name} can change");
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Equal_values_make_equal_models(Type model)
    {
        object one = Make(model, 1);

        Assert.That(Make(model, 1), Is.EqualTo(one));
        Assert.That(Make(model, 1).GetHashCode(), Is.EqualTo(one.GetHashCode()));
        Assert.That(Make(model, 2), Is.Not.EqualTo(one));
    }

    [Test]
    public void Arrays_are_equal_by_items_and_order()
    {
        var array = new EquatableArray<string>(["a", "b"]);

        Assert.That(array, Is.EqualTo(new EquatableArray<string>(["a", "b"])).Using<EquatableArray<string>>((x, y) => x.Equals(y)));
        Assert.That(array.GetHashCode(), Is.EqualTo(new EquatableArray<string>(["a", "b"]).GetHashCode()));
        Assert.That(array.Equals(new EquatableArray<string>(["b", "a"])), Is.False);
        Assert.That(array.Equals(new EquatableArray<string>(["a"])), Is.False);
        Assert.That(default(EquatableArray<string>).Equals(new EquatableArray<string>([])), Is.True);
        Assert.That(default(EquatableArray<string>).GetHashCode(), Is.EqualTo(new EquatableArray<string>([]).GetHashCode()));
        Assert.That(default(EquatableArray<string>).Count, Is.Zero);
    }

    private static bool IsPlain(Type type) =>
        s_simple.Contains(type)
        || (type.IsEnum && type.Assembly == typeof(HotPathGenerator).Assembly)
        || Models.Contains(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsPlain(type.GetGenericArguments()[0]));

    /// <summary>Makes a new object for every value, so that a comparison by reference would fail.</summary>
    private static object Make(Type type, int seed)
    {
        if (type == typeof(string))
        {
            return new string((char)('a' + seed), 3);
        }

        if (type == typeof(bool))
        {
            return seed % 2 == 0;
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, seed);
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(seed, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.IsGenericType)
        {
            var item = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(item, 2);
            items.SetValue(Make(item, seed), 0);
            items.SetValue(Make(item, seed + 1), 1);
            object immutable = typeof(System.Runtime.InteropServices.ImmutableCollectionsMarshal)
                .GetMethod("AsImmutableArray")!
                .MakeGenericMethod(item)
                .Invoke(null, [items])!;
            return Activator.CreateInstance(type, immutable)!;
        }

        var constructor = type.GetConstructors().Single(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type);
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, seed))]);
    }
}
