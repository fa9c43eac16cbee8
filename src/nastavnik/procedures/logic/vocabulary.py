"""Word forms of refusals, the likelier first: what a word with a typing error is repaired towards."""

RU = """
возврат возврата возвраты верните вернуть вернули возвращайте возвратите деньги денег оплату средства остаток решил
решила решили решено решение решения окончательно окончательное окончательный твердо принято принял приняла приняли
тратьте тратить трать время времени отнимайте отнимать теряйте терять уговаривать уговаривайте уговаривай уговоры
уговоров уговорить переубедить переубеждать переубеждайте убеждать убеждайте удерживать удерживайте отговаривать
отговаривайте предлагать предлагайте предложения предложений предложить скидки скидок скидка скидку бонусы бонусов
паузы паузу пауз заморозки заморозку заморозок акции вариантов варианты хватит прекратите прекращайте перестаньте
никаких никакие ничего нужно нужна нужны нужен надо больше просто только оформите оформляйте оформить закройте
закрывайте закрыт закрыть договор аккаунт подписку отказ отказываюсь отказаться отмените отменить расторгните
расторгнуть передумаю передумал передумала изменю изменится поменяю мнение обсуждать обсуждений обсудили слушать
выслушивать разговаривать разговор разговоры окончен сказал сказала говорил говорила повторяю повторять сколько
звоните звонить пишите писать беспокойте тяните затягивайте отстаньте категорически категорический однозначно наотрез
вопрос точка ухожу уходим интересует интересуют интересно бесполезно нечего буду хочу собираюсь намерен намерена
продолжать продолжаю остаюсь остаемся согласен согласна подумаю подумаем сомневаюсь уверен уверена пока может
преподаватель учитель менеджер оператор говорит ответил написал претензию претензия роспотребнадзор прокуратуру
заявление здравствуйте пожалуйста спасибо занятия занятий уроки уроков урока сегодня завтра свидания меня мне
каникулы подарки удержат удержите незаконно лишних уговаривает бессмысленно твердое окончательное отказываемся напрасно
впустую повторить написала написал оставьте покое неинтересны неинтересно волнуют переведите перевод отдайте условия
условий обещания пытайтесь начинайте просите последний выбор сделан тратите отнимаете обучения продолжим отстаньте
""".split()  # noqa: SIM905 - a page of words reads better than a list of literals

EN = """
refund refunded cancel cancelled cancellation close account money back please decision final decided mind change
changing waste wasting time offer offers offering discount discounts pause pauses deal deals convince convincing
persuade talking discuss discussing nothing already told asked answer subscription process terminate contract
anything interested definitely absolutely completely stop trying don't want won't didn't can't never lawyer court
certain point trying pushing leaving discussing persuading refuse reconsider times told want keep answer alone bother
promotions bothering convinced terminated reversed staying continuing breath whatever calling contacting already wants
haven't maybe think teacher manager agent husband again listen negotiate alternatives promotion simply going
""".split()  # noqa: SIM905 - a page of words reads better than a list of literals
