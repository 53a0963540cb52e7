"""Claims of the paper on kitchen utensils. 60 kg x 7000 ng/kg/day is 420,000 ng/day."""

book.error("UN101", "7000 ng/kg bw/day permits (that is 42,000 ng/day for an adult of 60 kg)", "420000 ng/day", "power-of-ten",
           P("42,000"), P("7000") * P("60"))
book.error("UN101", "0.45 mg kg−1 d−1, a child weighing 16.0 kg would reach the limit at 72 mg/day", "7.2 mg/day", "power-of-ten",
           P("72"), P("0.45") * P("16.0"))
book.error("UN101", "6.0 mg/kg bw of the mixture received, at a mean body weight of 24 g, 1.44 mg per mouse", "0.144 mg", "power-of-ten",
           P("1.44"), P("6.0") * P("24") / 1000)
book.error("SU101", "2 of 22 (19%)", "9.1%", "2/22 is 9.1%", P("19"), N(200) / 22)

book.right("UN101", "At the same reference dose a child of 16 kg may take in 112,000 ng/day", P("112,000"), P("7000") * P("16"))
book.right("UN101", "0.10 µg/kg bw/day, the same child may take in 1.6 µg/day", P("1.6"), P("0.10") * P("16"))
book.right("UN101", "an adult of 70 kg may take in 7.0 µg/day", P("7.0"), P("0.10") * P("70"))
book.right("UN101", "the dust intake of 250 ng/day is 4.2 ng/kg bw/day for an adult of 60 kg", P("4.2"), P("250") / P("60"))
book.right("UN101", "body weight 25 g), which received BDE-209 in corn oil at 2.0 mg/kg bw, that is 0.050 mg per mouse",
           P("0.050"), P("2.0") * P("25") / 1000)
book.right("UN101", "4.0 mg per kg of feed; a mouse ate 3.5 g of them per day, and so took in 14 µg per day",
           P("14"), P("4.0") * P("3.5"), cause="per mass of feed, not of body")
book.right("EQ101", "250 mg of shavings in 5.0 mL of toluene (50 mg/mL)", P("50"), P("250") / P("5.0"))
book.right("EQ101", "12 × 5 = 60", N(60), N(12) * 5)
book.right("EQ101", "14 µg × 365 = 5.11 mg", P("5.11"), P("14") * 365 / 1000)
book.right("CN101", "160 °C (320 °F)", P("320"), P("160") * Q(9, 5) + 32)
book.right("SU101", "27 of 60 items (45%)", P("45"), N(2700) / 60)
book.right("SU101", "21 of the 25 black items that were extracted (84%)", P("84"), N(2100) / 25)
book.right("SU101", "25 of 38 (66%)", P("66"), N(2500) / 38)
book.right("SU101", "9 of 12 (75%)", P("75"), N(900) / 12)
book.right("SU101", "27 (45.0)", P("45.0"), N(2700) / 60, cause="percent sign in the table's head")

book.hands_off("A 2 × 2 design", "a design, not a product")
book.hands_off("10 × 10 mm", "a size")
book.hands_off("BDE-209, CAS 1163-19-5", "names and registry numbers")
book.hands_off("BDE-47 and BDE-99", "names")
book.hands_off("firmware 3.2.1", "a version")
book.hands_off("C57BL/6J mice (n = 12", "a strain")
book.hands_off("1.12 (0.14) g and 1.19 (0.17) g", "mean (SD)")
book.hands_off("91 ± 6%", "recovery with its spread")
book.hands_off("diluted 1:50 and injected as 1 µL", "a ratio")
book.hands_off("at 180 °C, 20 °C higher", "a temperature difference")
book.hands_off("Mice gavaged once at 2.0 mg/kg bw held 31% of the dose", "a dose beside a share of it")
book.hands_off("Waste Lett. 7, 33–41", "volume and pages")
