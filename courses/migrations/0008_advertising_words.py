# ruff: noqa: E501
from django.db import migrations, models

REASON = "《广告法》第九条列为绝对化用语"
WORDS = [
    ("国家级", "写明颁发机关、名称和文号", "国家级高新技术企业 国家级经济技术开发区 国家级非物质文化遗产"),
    ("世界级", "写明依据和范围", ""),
    ("最高级", "写明比较的范围和依据", ""),
    ("最佳", "写明比较的范围和依据", "最佳实践"),
    ("最好", "换成具体的优点", "最好先 最好在 最好不 最好把 最好能 最好用 最好是 最好由 最好再"),
    ("最优", "写明比较的范围和依据", "最优解 最优化"),
    ("最低价", "写明价格和期限，保留比价依据", ""),
    ("全网最低", "写明价格和期限，保留比价依据", ""),
    ("最便宜", "写明价格", ""),
    ("最先进", "写明技术指标和时间", ""),
    ("最强", "换成可核对的参数", ""),
    ("最大", "写明比较的范围和依据", "最大值 最大化 最大限度 最大的问题 最大长度 最大数量"),
    ("最受欢迎", "写明数据来源和时间", ""),
    ("第一", "写明名次的来源、范围和时间", "第一步 第一次 第一章 第一节 第一课 第一条 第一项 第一个 第一天 第一周 第一年 第一季度 第一时间 第一段 第一部分 第一类 第一层 第一行 第一列 第一眼 第一屏 第一问 第一组 第一轮 第一页 第一句 第一阶段"),
    ("全国第一", "写明名次的来源、范围和时间", ""),
    ("全网第一", "写明名次的来源、范围和时间", ""),
    ("销量第一", "写明统计机构、范围和时间", ""),
    ("NO.1", "写明名次的来源、范围和时间", ""),
    ("TOP1", "写明名次的来源、范围和时间", ""),
    ("唯一", "写明范围，并能证明", "唯一标识 唯一编号 唯一编码 唯一索引 唯一识别"),
    ("独一无二", "换成具体的特点", ""),
    ("绝无仅有", "换成具体的特点", ""),
    ("首选", "换成适合的人群和场景", "首选项"),
    ("顶级", "写明等级的标准", "顶级域名 顶级类目"),
    ("顶尖", "写明依据", ""),
    ("极致", "换成具体的指标", ""),
    ("极品", "写明等级的标准", ""),
    ("绝对", "删去，或写明条件", "绝对值 绝对数 绝对引用 绝对路径 绝对化"),
    ("100%", "写明检测依据；做不到就不要承诺", "×100% ×_100% *100% *_100% 占100% 合计100% 合计_100%"),
    ("百分之百", "写明检测依据；做不到就不要承诺", ""),
    ("万能", "写明适用范围", ""),
    ("史无前例", "换成具体的事实", ""),
    ("前无古人", "换成具体的事实", ""),
    ("王牌", "换成具体的特点", ""),
    ("驰名商标", "《商标法》第十四条：不得用于广告宣传", ""),
    ("特供", "不得借国家机关的名义", ""),
    ("永不", "写明期限和条件", ""),
]


def fill(apps, schema_editor):
    model = apps.get_model("courses", "AdvertisingWord")
    for word, hint, exceptions in WORDS:
        # "_" stands for a blank inside a phrase.
        lines = "\n".join(each.replace("_", " ") for each in exceptions.split())
        told = hint if "《" in hint else f"{REASON}；{hint}"
        model.objects.get_or_create(word=word, defaults={"hint": told, "exceptions": lines})


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_freeze_what_is_published")]

    operations = [
        migrations.CreateModel(
            name="AdvertisingWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=20, unique=True, verbose_name="absolute word")),
                ("hint", models.CharField(blank=True, default="", max_length=200, verbose_name="what to write instead")),
                ("exceptions", models.TextField(blank=True, default="", help_text="One a line; inside them the word is not pointed out.", max_length=1000, verbose_name="harmless phrases")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "absolute word",
                "verbose_name_plural": "absolute words",
                "ordering": ["word"],
                "constraints": [models.CheckConstraint(condition=models.Q(("word", ""), _negated=True), name="advertisingword_is_a_word")],
            },
        ),
        migrations.AddField(
            model_name="lessonpage",
            name="quoted_words",
            field=models.TextField(blank=True, default="", help_text="One a line; they are quoted for teaching and are not pointed out in this lesson.", max_length=500, verbose_name="quoted absolute words"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
